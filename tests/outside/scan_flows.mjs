// Scans flows with lightning-flow-scanner: unconnected elements, unused variables, missing fault paths, naming ...
//
//   node scan_flows.mjs FOLDER FILE...     FOLDER: where the npm packages are installed
//
// Prints "<file> TAB <severity> TAB <rule> TAB <element>" for each finding, at the scanner's own severity, and then
// "DONE <file>" for each file that it scanned. What the scanner cannot read is an error, and so is a rule that crashes.
import { createRequire } from "node:module";
import path from "node:path";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));
const scanner = require("@flow-scanner/lightning-flow-scanner-core");

// Generated flows are drafts until an admin has looked at them: that they are inactive is the intention.
const INTENDED = new Set(["InactiveFlow"]);

const print = (...columns) => console.log(columns.join("\t"));

for (const parsed of await scanner.parse(files)) {
  if (parsed.errorMessage) {
    print(parsed.uri, "error", "Parse", parsed.errorMessage);
    continue;
  }
  // The scanner follows the events of a pause only if there are several.
  for (const node of parsed.flow.elements ?? []) {
    if (node.subtype === "waits" && node.element.waitEvents && !Array.isArray(node.element.waitEvents)) {
      node.element.waitEvents = [node.element.waitEvents];
      node.connectors = node.getConnectors(node.subtype, node.element);
    }
  }
  // One at a time: the scanner tells flows apart by name alone, and two projects may have flows of the same name.
  for (const result of scanner.scan([parsed])) {
    for (const rule of result.ruleResults) {
      if (INTENDED.has(rule.ruleName)) continue;
      if (rule.errorMessage) print(parsed.uri, "error", rule.ruleName, rule.errorMessage);
      for (const finding of rule.occurs ? rule.details : []) {
        print(parsed.uri, rule.severity, rule.ruleName, finding.name ?? "");
      }
    }
  }
  print(`DONE ${parsed.uri}`);
}
