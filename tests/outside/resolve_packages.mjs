// Compares packages in metadata format with their lists, as source-deploy-retrieve reads both.
//
//   node resolve_packages.mjs FOLDER PACKAGE...     FOLDER: where the npm packages are installed
//
// Each PACKAGE is a folder with a package.xml. It has to list every component of the folder, and nothing else.
// Prints "<package> TAB <component> TAB <problem>" for each finding and "DONE <package> TAB <components>".
import { createRequire } from "node:module";
import path from "node:path";

const [folder, ...packages] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));
const { ComponentSet, ManifestResolver } = require("@salesforce/source-deploy-retrieve");

const key = (component) => `${component.type.name} ${component.fullName}`;

for (const one of packages) {
  const problem = (where, what) => console.log(`${one}\t${where}\t${what.replace(/\s+/g, " ")}`);
  let count = 0;
  try {
    const { apiVersion, components } = await new ManifestResolver().resolve(path.join(one, "package.xml"));
    if (!/^\d+\.0$/.test(apiVersion ?? "")) problem("package.xml", "names no API version");
    const listed = new Set(components.map(key));
    const found = new Set(ComponentSet.fromSource(one).getSourceComponents().toArray().map(key));
    count = found.size;
    for (const name of listed) if (!found.has(name)) problem(name, "is listed in package.xml, and not there");
    for (const name of found) if (!listed.has(name)) problem(name, "is there, and not listed in package.xml");
  } catch (error) {
    problem("package.xml", `${error.name}: ${error.message}`);
  }
  console.log(`DONE ${one}\t${count}`);
}
