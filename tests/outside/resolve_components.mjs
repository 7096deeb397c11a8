// Resolves SFDX projects as the Salesforce command line does before it deploys them (source-deploy-retrieve).
//
//   node resolve_components.mjs FOLDER PROJECT...     FOLDER: where the npm packages are installed
//
// Each PROJECT has an sfdx-project.json, which is checked against its published schema. Every file of its package
// folders has to belong to a component, every component needs all its files, and no two may have the same name.
// Prints "<project> TAB <file or component> TAB <problem>" for each finding and "DONE <project> TAB <components>".
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, ...projects] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));
const { ComponentSet } = require("@salesforce/source-deploy-retrieve");
const { default: Ajv } = require("ajv");
const { default: addFormats } = require("ajv-formats");

const schema = path.join(folder, "node_modules/@salesforce/schemas/sfdx-project.schema.json");
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));

for (const project of projects) {
  const problem = (where, what) => console.log(`${project}\t${where}\t${what.replace(/\s+/g, " ")}`);
  const description = JSON.parse(fs.readFileSync(path.join(project, "sfdx-project.json"), "utf8"));
  if (!validate(description)) {
    for (const error of validate.errors) problem(`sfdx-project.json${error.instancePath}`, error.message);
  }
  const packages = description.packageDirectories.map((entry) => path.join(project, entry.path));
  let components = [];
  try {
    components = ComponentSet.fromSource({ fsPaths: packages }).getSourceComponents().toArray();
  } catch (error) {
    problem("sfdx-project.json", `${error.name}: ${error.message}`);
  }
  await checkComponents(components, problem);
  checkFiles(packages, components, (file, what) => problem(path.relative(project, file), what));
  console.log(`DONE ${project}\t${components.length}`);
}

async function checkComponents(components, problem) {
  const seen = new Set();
  for (const component of components) {
    const { fullName, type } = component;
    const key = `${type.name} ${fullName}`.toLowerCase();
    if (seen.has(key)) problem(fullName, `a second ${type.name} of this name`);
    seen.add(key);
    if (!component.xml) problem(fullName, "no -meta.xml file");
    if (type.name === "ApexClass" && !component.content) problem(fullName, "no .cls file");
    // The file that stands for a Lightning type is its schema, which is JSON.
    if (!component.xml?.endsWith(".xml")) continue;
    try {
      const xml = await component.parseXml();
      if (!(type.name in xml)) problem(fullName, `the root element is not ${type.name}`);
    } catch (error) {
      problem(fullName, `${error.name}: ${error.message}`);
    }
  }
}

function checkFiles(packages, components, problem) {
  const owned = new Set(components.flatMap((c) => [c.xml, c.content, ...c.walkContent()]));
  for (const folder of packages) {
    for (const entry of fs.readdirSync(folder, { recursive: true })) {
      const file = path.join(folder, entry);
      if (fs.statSync(file).isFile() && !owned.has(file)) problem(file, "not part of any component");
    }
  }
}
