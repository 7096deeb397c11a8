"""What agents know of the output: custom Lightning types and agent actions.

No tool of Salesforce's checks their schema.json files outside an org. So this compares them with what they speak of: the
classes, the variables of the flow, the invocable variables of the class. The names of Lightning types are those of
Salesforce's guide ("Lightning Types Reference", API version 66), and two of lists that actions have which were retrieved.
"""

import json
import re
import xml.etree.ElementTree as ElementTree

NAMESPACE = {"m": "http://soap.sforce.com/2006/04/metadata"}
OBJECT, LIST = "lightning__objectType", "lightning__listType"
KNOWN = {
    f"lightning__{name}Type"
    for name in "boolean date dateTime dateTimeString integer number richText text multilineText url time".split()
}
MARKS = {
    "input": {"copilotAction:isUserInput"},
    "output": {"copilotAction:isDisplayable", "copilotAction:isUsedByPlanner"},
}


def check(project):
    """Gives pairs of a path and a problem."""
    classes = {path.stem.lower(): path for path in project.apex_classes()}
    for path in project.files("lightningTypes/*/schema.json", "**/lightningTypes/*/schema.json"):
        yield from ((path, problem) for problem in read(path, lambda schema: check_type(schema, classes)))
    for path in project.files("*.genAiFunction-meta.xml"):
        yield from check_action(project, path, classes)


def read(path, check_it):
    try:
        schema = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        yield f"no JSON: {error}"
    else:
        yield from check_it(schema)


def check_type(schema, classes):
    for keyword in {"title", "lightning:type"} - set(schema):
        yield f"the keyword {keyword} is missing"
    for keyword in set(schema) - {"title", "description", "lightning:type"}:
        yield f"the keyword {keyword} is not allowed where a class gives the structure"
    yield from check_name(schema.get("lightning:type", ""), classes, {})


def check_name(name, classes, known):
    reference = re.fullmatch(r"@apexClassType/(\w+?)__(\w+)", name)
    if reference and reference[1] == "c":
        if reference[2].lower() not in classes:
            yield f"there is no class {reference[2]}"
    elif not reference and name not in known:
        yield f"{name} is no Lightning type"


def check_action(project, path, classes):
    root = ElementTree.parse(path).getroot()
    target, kind = (root.findtext(f"m:invocationTarget{end}", "", NAMESPACE) for end in ("", "Type"))
    parameters = {"flow": lambda: of_flow(project, target), "apex": lambda: of_class(classes, target)}.get(kind, lambda: None)()
    if parameters is None:
        yield path, f"there is no {kind} {target}"
        return
    for side in ("input", "output"):
        schema = path.parent / side / "schema.json"
        if not schema.is_file():
            yield path, f"{side}/schema.json is missing"
            continue
        for problem in read(schema, lambda it: check_schema(it, side, parameters[side], classes)):
            yield schema, problem


def check_schema(schema, side, parameters, classes):
    if schema.get("lightning:type") != OBJECT:
        yield f"the whole is no {OBJECT}"
    properties = schema.get("properties", {})
    for name in set(properties) ^ set(parameters):
        yield f"{name} is on one side only: of the schema, and of what it describes"
    for name in schema.get("required", []):
        if name not in properties:
            yield f"{name} is required, and no property"
    for name, value in properties.items():
        is_list = value.get("lightning:type") == LIST
        if name in parameters and is_list != parameters[name]:
            yield f"{name} is a list on one side only"
        of = value.get("items", {}) if is_list else value
        yield from (f"{name}: {problem}" for problem in check_name(of.get("lightning:type", ""), classes, KNOWN))
        for mark in {"title", "description", "lightning:isPII", *MARKS[side]} - set(value):
            yield f"{name} has no {mark}"


def of_flow(project, name):
    """The inputs and outputs of a flow: their names, and whether they are collections."""
    # In source format, or in metadata format.
    for path in [*project.flows(), *project.files("*.flow")]:
        if path.name in (f"{name}.flow-meta.xml", f"{name}.flow"):
            flow = ElementTree.parse(path).getroot()
            variables = flow.findall("m:variables", NAMESPACE)
            return {
                side: {
                    one.findtext("m:name", "", NAMESPACE): one.findtext("m:isCollection", "", NAMESPACE) == "true"
                    for one in variables
                    if one.findtext(f"m:is{side.capitalize()}", "", NAMESPACE) == "true"
                }
                for side in ("input", "output")
            }
    return None


def of_class(classes, name):
    """The invocable variables of a class: those of Request, and those of Result."""
    path = classes.get(name.lower())
    if not path:
        return None
    request, _, result = path.read_text("utf-8").partition("class Result")
    variable = r"@InvocableVariable\((?:[^'()]|'(?:[^'\\]|\\.)*')*\)\s*(?:public|global)\s+(List<)?[\w.]+>?\s+(\w+);"
    found = {side: re.findall(variable, text) for side, text in (("input", request), ("output", result))}
    return {side: {name: bool(is_list) for is_list, name in variables} for side, variables in found.items()}
