"""The outside checkers: each gives Salesforce's own (or another independent) tool what flowtypes generated.

A checker is a function `(tools, projects) -> Result`. It runs its tool once for all projects, since starting the tools
takes longer than checking. A file that the tool gave no verdict on is a finding: a checker that silently saw nothing
must not look like one that found nothing wrong.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import namedtuple
from dataclasses import dataclass, field
from pathlib import Path

import agentforce

HERE = Path(__file__).resolve().parent

# Where a finding is (a folder or file, perhaps with line and column) and what it is.
Finding = namedtuple("Finding", "where what")


@dataclass
class Result:
    checked: str  # how much
    skipped: bool = False  # there was nothing to check
    findings: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


class Project:
    """An output folder of flowtypes."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()

    def files(self, *patterns):
        found = [path for pattern in patterns for path in self.folder.rglob(pattern) if path.is_file()]
        return sorted(set(found))

    def apex_classes(self):
        return self.files("*.cls")

    def flows(self):
        return self.files("*.flow-meta.xml")

    def metadata(self):
        return self.files("*-meta.xml")

    def packages(self):
        """Folders in metadata format that bring something; those that remove something are not among them."""
        return [path.parent for path in self.files("package.xml") if not (path.parent / "destructiveChanges.xml").exists()]

    def test_classes(self):
        return [path for path in self.apex_classes() if re.search(r"^\s*@istest\b", path.read_text("utf-8"), re.IGNORECASE | re.MULTILINE)]


class Tools:
    """The programs that `setup` installed."""

    def __init__(self):
        setup = subprocess.run([HERE / "setup"], stdout=subprocess.PIPE, text=True)
        if setup.returncode != 0:
            raise SystemExit("tests/outside/setup failed")
        self.home = Path(setup.stdout.strip())
        self.npm = self.home / "npm"

    def run(self, *command, env=None):
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
        )

    def java(self, drivers, main, *arguments, options=(), env=None):
        libraries = (self.home / f"{drivers}.classpath").read_text().strip()
        return self.run(
            "java",
            # Short runs: fast start matters more than peak speed, and two cores have to do.
            *("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"),
            *options,
            *("-cp", f"{self.home / drivers}:{libraries}", main),
            *arguments,
            env=env,
        )

    def node(self, script, *arguments, env=None):
        return self.run("node", script, *arguments, env=env)


def count(number, noun):
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("s") else "s")
    return f"{number} {noun if number == 1 else plural}"


def tool_failure(name, process):
    text = (process.stderr.strip() or process.stdout.strip())[-2000:]
    return Finding(name, f"the tool itself failed with exit status {process.returncode}: {text}")


def finish(result, name, process, silent):
    """What is common to all checkers: nothing goes unseen."""
    result.findings += [Finding(str(path), "got no verdict from the tool") for path in silent]
    if process.returncode != 0 and not result.findings:
        result.findings.append(tool_failure(name, process))
    elif silent and process.stderr.strip():
        result.findings.append(tool_failure(name, process))
    return result


def compile_apex(tools, projects):
    """Salesforce's Apex compiler finds no error. Each folder is compiled as a project of its own."""
    projects = [project for project in projects if project.apex_classes()]
    if not projects:
        return Result("no class", skipped=True)
    classes = sum(len(project.apex_classes()) for project in projects)
    result = Result(f"{count(classes, 'class')} in {count(len(projects), 'project')}")
    process = tools.java("compile", "ApexCompile", *(project.folder for project in projects))
    silent = {str(project.folder) for project in projects}
    for line in process.stdout.splitlines():
        if line.startswith(("OK   ", "FAIL ")):
            silent.discard(line[5:])
        elif "\t" in line:
            project, where, what = (line.split("\t", 2) + [""])[:3]
            result.findings.append(Finding(where if where.startswith("/") else f"{project} {where}", what))
    return finish(result, "ApexCompile", process, silent)


# The compiler emits code that neither the verifier nor the garbage collector likes: the first is off, and with room enough
# for a few projects the second has nothing to do.
RUN_OPTIONS = (
    *("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote", "-XX:-BytecodeVerificationLocal"),
    *("-Xmn3g", "-Xmx4g", "-XX:MetaspaceSize=1g", "-XX:+ErrorFileToStderr"),
)
CLASSES_IN_ROOM = 250


def in_room(folders):
    """The folders, in their order, in groups that one virtual machine has room for."""
    groups, free = [], 0
    for folder in folders:
        classes = sum(1 for _ in Path(folder).rglob("*.cls"))
        if classes > free or not groups:
            groups.append([])
            free = CLASSES_IN_ROOM
        groups[-1].append(folder)
        free -= classes
    return groups


def run_apex(tools, *folders, env=None):
    """Runs the tests of these folders, a few in each virtual machine."""
    outputs = [tools.java("compile", "ApexRun", *some, options=RUN_OPTIONS, env=env) for some in in_room(folders)]
    worst = max(outputs, key=lambda one: abs(one.returncode))
    text = ["".join(getattr(one, part) for one in outputs) for part in ("stdout", "stderr")]
    return subprocess.CompletedProcess(worst.args, worst.returncode, *text)


def run_apex_tests(tools, projects):
    """The generated Apex tests pass, on the compiler's bytecode and our stand-in for the run-time library, and between them
    they execute every line of the classes that they test."""
    projects = [project for project in projects if project.test_classes()]
    if not projects:
        return Result("no test class", skipped=True)
    result = Result(count(len(projects), "project"))
    process = run_apex(tools, *(project.folder for project in projects), env={"COVER": "1"})
    tests = {(str(project.folder), path.stem) for project in projects for path in project.test_classes()}
    run, covered, silent = 0, 0, {str(project.folder) for project in projects}
    for line in process.stdout.splitlines():
        verdict, _, rest = line.partition(" ")
        where, *columns = rest.split("\t")
        if verdict in ("FAIL", "UNSUPPORTED") and columns:
            result.findings.append(Finding(f"{where} {columns[0]}", f"{verdict}: {' '.join(columns[1:])}"))
        elif verdict == "NOTCOMPILED":
            result.findings.append(Finding(where, "not run, since it does not compile"))
            silent.discard(where)
        elif verdict == "COVER" and (where, columns[0]) not in tests:
            covered += int(columns[1])
            for line in filter(None, columns[2].split(",")):
                result.findings.append(Finding(f"{where} {columns[0]}:{line}", "no test executes this line"))
        elif verdict == "DONE":
            # Test classes without a single test that runs are silent, too.
            if int(columns[0]) > 0:
                silent.discard(where)
            run += int(columns[0])
    result.checked = f"{count(run, 'test')} of {count(covered, 'line')} in {count(len(projects), 'project')}"
    return finish(result, "ApexRun", process, silent)


def validate_metadata(tools, projects):
    """Every *-meta.xml file is valid against the schema of Salesforce's metadata types."""
    files = [str(path) for project in projects for path in project.metadata()]
    if not files:
        return Result("no file", skipped=True)
    result = Result(count(len(files), "file"))
    # A command line has room for so many paths only.
    for start in range(0, len(files), 500):
        part = files[start : start + 500]
        process = tools.run("xmllint", "--noout", "--nonet", "--schema", tools.home / "metadata.xsd", *part)
        silent = set(part)
        for line in process.stderr.splitlines():
            path, verdict, _ = line.rpartition(" validates")
            if verdict:
                silent.discard(path)
                continue
            # "<file>:<line>: <what>"; a line that is not of this form shows the place of the error before it
            problem = re.match(r"(.+?\.xml):(\d+): (.*)", line)
            if problem:
                silent.discard(problem[1])
                result.findings.append(Finding(f"{problem[1]}:{problem[2]}", re.sub(r"\{[^}]*\}", "", problem[3])))
        result = finish(result, "xmllint", process, silent)
    return result


def scan_flows(tools, projects):
    """The flow scanner finds nothing of the severity "error". The rest are warnings."""
    files = [str(path) for project in projects for path in project.flows()]
    if not files:
        return Result("no flow", skipped=True)
    result = Result(count(len(files), "flow"))
    process = tools.node(HERE / "scan_flows.mjs", tools.npm, *files)
    silent = set(files)
    for line in process.stdout.splitlines():
        if line.startswith("DONE "):
            silent.discard(line[5:])
        elif "\t" in line:
            path, severity, rule, element = (line.split("\t") + [""])[:4]
            silent.discard(path)
            kept = result.findings if severity == "error" else result.warnings
            kept.append(Finding(path, f"{severity}: {rule} {element}".rstrip()))
    return finish(result, "lightning-flow-scanner", process, silent)


def resolve_components(tools, projects):
    """Salesforce's component resolver finds a whole component for every file."""
    projects = [project for project in projects if project.files("apex/**/*", "flow/**/*", "sfdx-project.json")]
    if not projects:
        return Result("no component", skipped=True)
    result = Result(count(len(projects), "project"))
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary).resolve()
        made = {str(make_sfdx_project(project, temporary / str(i))): project for i, project in enumerate(projects)}
        # The resolver keeps state in the user's home folder.
        private = {"HOME": str(temporary), "SF_DISABLE_TELEMETRY": "true", "SF_DISABLE_LOG_FILE": "true"}
        process = tools.node(HERE / "resolve_components.mjs", tools.npm, *made, env=private)
    silent, components = set(made), 0
    for line in process.stdout.splitlines():
        if line.startswith("DONE "):
            folder, _, number = line[5:].partition("\t")
            # The generated files are there, so no component at all is silence.
            if int(number) > 0:
                silent.discard(folder)
            components += int(number)
        elif "\t" in line:
            folder, where, what = line.split("\t", 2)
            result.findings.append(Finding(f"{made[folder].folder} {where}", what))
    result.checked = f"{count(components, 'component')} in {count(len(projects), 'project')}"
    return finish(result, "source-deploy-retrieve", process, [made[folder].folder for folder in silent])


def make_sfdx_project(project, folder):
    """Copies what is generated to where a Salesforce project has it; a project is one as it is."""
    if (project.folder / "sfdx-project.json").is_file():
        shutil.copytree(project.folder, folder)
        return folder
    package = folder / "force-app" / "main" / "default"
    for target in ("apex", "flow"):
        if (project.folder / target).is_dir():
            shutil.copytree(project.folder / target, package, dirs_exist_ok=True)
    description = {
        "name": "outside-check",
        "namespace": "",
        "packageDirectories": [{"path": "force-app", "default": True}],
        "sfdcLoginUrl": "https://login.salesforce.com",
        "sourceApiVersion": "66.0",
    }
    (folder / "sfdx-project.json").write_text(json.dumps(description))
    return folder


def resolve_packages(tools, projects):
    """Salesforce's component resolver finds in a package what its package.xml lists, and nothing else."""
    packages = [str(package) for project in projects for package in project.packages()]
    if not packages:
        return Result("no package", skipped=True)
    result = Result(count(len(packages), "package"))
    with tempfile.TemporaryDirectory() as temporary:
        private = {"HOME": temporary, "SF_DISABLE_TELEMETRY": "true", "SF_DISABLE_LOG_FILE": "true"}
        process = tools.node(HERE / "resolve_packages.mjs", tools.npm, *packages, env=private)
    silent = set(packages)
    for line in process.stdout.splitlines():
        if line.startswith("DONE "):
            folder, _, number = line[5:].partition("\t")
            if int(number) > 0:
                silent.discard(folder)
        elif "\t" in line:
            folder, where, what = line.split("\t", 2)
            result.findings.append(Finding(f"{folder} {where}", what))
    return finish(result, "source-deploy-retrieve", process, silent)


def check_agentforce(tools, projects):
    """What agents know of the output agrees with the flows and classes that it speaks of."""
    files = [path for project in projects for path in project.files("**/lightningTypes/*/schema.json", "*.genAiFunction-meta.xml")]
    if not files:
        return Result("no type and no action", skipped=True)
    findings = [Finding(str(path), what) for project in projects for path, what in agentforce.check(project)]
    return Result(count(len(files), "component"), findings=findings)


def check_format(tools, projects):
    """Prettier, with its plugin for Apex, would change nothing."""
    files = [str(path) for project in projects for path in project.apex_classes()]
    if not files:
        return Result("no class", skipped=True)
    result = Result(count(len(files), "class"))
    # Prettier's defaults, wherever the files are: no configuration and no ignore file of the surroundings.
    process = tools.node(
        tools.npm / "node_modules/prettier/bin/prettier.cjs",
        *("--plugin", (tools.npm / "node_modules/prettier-plugin-apex/dist/src/index.js").resolve()),
        *("--no-config", "--no-editorconfig", "--ignore-path", os.devnull, "--list-different"),
        *files,
    )
    for line in process.stdout.splitlines():
        result.findings.append(Finding(os.path.abspath(line), "is not formatted as prettier would"))
    for line in process.stderr.splitlines():
        problem = re.match(r"\[error\] (\S+\.cls): (.*)", line)
        if problem:
            result.findings.append(Finding(os.path.abspath(problem[1]), problem[2]))
    return finish(result, "prettier", process, [])


def lint_apex(tools, projects):
    """PMD's quickstart rules for Apex find nothing."""
    projects = [project for project in projects if project.apex_classes()]
    if not projects:
        return Result("no class", skipped=True)
    result = Result(count(sum(len(project.apex_classes()) for project in projects), "class"))
    process = tools.java("lint", "ApexLint", "quickstart", *(project.folder for project in projects))
    for line in process.stdout.splitlines():
        if "\t" in line:
            where, rule, what = line.split("\t", 2)
            result.findings.append(Finding(where, f"{rule}: {what}"))
    return finish(result, "PMD", process, [])


# In the order in which they run. The name is what `run` prints.
CHECKERS = {
    "Apex compiler": compile_apex,
    "Apex tests": run_apex_tests,
    "metadata schema": validate_metadata,
    "flow scanner": scan_flows,
    "component resolver": resolve_components,
    "package lists": resolve_packages,
    "agent schemas": check_agentforce,
}
FORMAT = {"Apex format": check_format}
LINT = {"Apex lint": lint_apex}
