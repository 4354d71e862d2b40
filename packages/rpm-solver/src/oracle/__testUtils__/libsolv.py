"""Says what libsolv can install from sets of packages and modules.

Reads one question per line, as JSON, and writes one answer per line:
  {"universe": {...}, "sets": [{"items": [...], "ask": [[item, ...], ...]}, ...]}
  [[true, ...], ...]   one list per set, one answer per group of items asked for
A group is asked to be installed together. The universe stays when a question has none:
  {"architecture": ..., "packages": [...], "modules": [...]}
  {"architecture": ..., "folders": [...], "nevras": [...], "modules": [...]}
Items are packages, then modules, by position. Needs python3-solv.
"""

import json
import os
import sys
import xml.etree.ElementTree as xml

import solv

FLAGS = {
    "EQ": solv.REL_EQ,
    "LT": solv.REL_LT,
    "GT": solv.REL_GT,
    "LE": solv.REL_LT | solv.REL_EQ,
    "GE": solv.REL_GT | solv.REL_EQ,
}
REPO = "{http://linux.duke.edu/metadata/repo}"


def evr_of(relation):
    epoch = relation.get("epoch") or "0"
    text = relation["version"]
    if relation.get("release"):
        text += "-" + relation["release"]
    return text if epoch == "0" else epoch + ":" + text


def dependency(pool, relation):
    name = relation["name"]
    if name.startswith("("):
        return pool.parserpmrichdep(name)
    dep = pool.Dep(name)
    if relation.get("flags"):
        dep = dep.Rel(FLAGS[relation["flags"]], pool.Dep(evr_of(relation)))
    return dep


def either(pool, names):
    dep = pool.Dep(names[0])
    for name in names[1:]:
        dep = dep.Rel(solv.REL_OR, pool.Dep(name))
    return dep


def module_name(index):
    return "module-%d" % index


def stream_matches(module, required):
    wanted = [s for s in required["streams"] if not s.startswith("-")]
    if module["name"] != required["name"]:
        return False
    if wanted:
        return module["stream"] in wanted
    return "-" + module["stream"] not in required["streams"]


def metadata_files(folder):
    """By type, where the metadata of a repository lies."""
    root = xml.parse(os.path.join(folder, "repodata", "repomd.xml")).getroot()
    return {
        data.get("type"): os.path.join(
            folder, data.find(REPO + "location").get("href")
        )
        for data in root.findall(REPO + "data")
    }


class Universe:
    """All packages and modules that questions are about; each set makes only some of them there."""

    def __init__(self, told):
        self.modules = told["modules"]
        self.solvables = []
        # What stands in for the modules of an artifact where none of them is there.
        self.absences = {}
        self.pool = solv.Pool()
        self.pool.setdisttype(solv.Pool.DISTTYPE_RPM)
        self.pool.setarch(told["architecture"])
        self.pool.set_flag(solv.Pool.POOL_FLAG_IMPLICITOBSOLETEUSESCOLORS, 1)
        for folder in told.get("folders", []):
            self.add_folder(folder)
        if told.get("nevras", []) != [str(solvable) for solvable in self.solvables]:
            raise ValueError("The folders hold other packages than the question says")
        self.repo = self.pool.add_repo("told")
        self.data = self.repo.add_repodata()
        for package in told.get("packages", []):
            self.add_package(package)
        self.package_count = len(self.solvables)
        for index in range(len(self.modules)):
            self.add_module(index)
        self.bind_artifacts()
        self.data.internalize()
        self.pool.addfileprovides()
        self.pool.createwhatprovides()

    def add_folder(self, folder):
        files = metadata_files(folder)
        repo = self.pool.add_repo(folder)
        repo.add_rpmmd(solv.xfopen(files["primary"]), None)
        repo.add_rpmmd(
            solv.xfopen(files["filelists"]),
            "FL",
            solv.Repo.REPO_LOCALPOOL | solv.Repo.REPO_EXTEND_SOLVABLES,
        )
        self.solvables.extend(repo.solvables_iter())

    def add_package(self, package):
        pool = self.pool
        solvable = self.repo.add_solvable()
        self.solvables.append(solvable)
        solvable.name = package["name"]
        solvable.evr = evr_of(package)
        solvable.arch = package["arch"]
        if package["arch"] != "src":
            own = dict(package, flags="EQ")
            for relation in [own] + package["provides"]:
                solvable.add_provides(dependency(pool, relation))
        for relation in package["requires"]:
            solvable.add_requires(dependency(pool, relation))
        for relation in package["conflicts"]:
            solvable.add_conflicts(dependency(pool, relation))
        for relation in package["obsoletes"]:
            solvable.add_obsoletes(dependency(pool, relation))
        for path in package["files"]:
            folder, name = path.rsplit("/", 1)
            self.data.add_dirstr(
                solvable.id, solv.SOLVABLE_FILELIST, self.data.str2dir(folder), name
            )

    def add_plain(self, name):
        solvable = self.repo.add_solvable()
        solvable.name = name
        solvable.evr = "1"
        solvable.arch = "noarch"
        solvable.add_provides(self.pool.Dep(name))
        return solvable

    def add_module(self, index):
        pool = self.pool
        module = self.modules[index]
        solvable = self.add_plain(module_name(index))
        self.solvables.append(solvable)
        for other, each in enumerate(self.modules):
            if each["name"] == module["name"] and each["stream"] != module["stream"]:
                solvable.add_conflicts(pool.Dep(module_name(other)))
        for required in module["requires"]:
            # What machines are, no repository holds.
            if required["name"] == "platform":
                continue
            names = [
                module_name(other)
                for other, each in enumerate(self.modules)
                if stream_matches(each, required)
            ]
            solvable.add_requires(either(pool, names or ["no-such-module"]))

    def bind_artifacts(self):
        """An artifact needs one of its modules, unless none of them is there."""
        owners = {}
        for index, module in enumerate(self.modules):
            for item in module["artifacts"]:
                owners.setdefault(item, []).append(index)
        for item, indexes in sorted(owners.items()):
            key = tuple(indexes)
            name = "absence-" + "-".join(map(str, key))
            if key not in self.absences:
                self.absences[key] = self.add_plain(name)
            names = [module_name(index) for index in key] + [name]
            self.solvables[item].add_requires(either(self.pool, names))

    def consider(self, items):
        there = set(items)
        ids = [self.solvables[item].id for item in items]
        for indexes, solvable in self.absences.items():
            if not any(self.package_count + index in there for index in indexes):
                ids.append(solvable.id)
        self.pool.set_considered_list(ids)
        self.there = there

    def can_install(self, items):
        if not all(item in self.there for item in items):
            return False
        jobs = [
            self.pool.Job(
                solv.Job.SOLVER_INSTALL | solv.Job.SOLVER_SOLVABLE,
                self.solvables[item].id,
            )
            for item in items
        ]
        solver = self.pool.Solver()
        # libsolv would have the x86_64 build beside each i686 one; a repository need not.
        solver.set_flag(solv.Solver.SOLVER_FLAG_NO_INFARCHCHECK, 1)
        solver.set_flag(solv.Solver.SOLVER_FLAG_IGNORE_RECOMMENDED, 1)
        return not solver.solve(jobs)


universe = None
for line in sys.stdin:
    question = json.loads(line)
    if question.get("universe"):
        universe = Universe(question["universe"])
    answers = []
    for each in question["sets"]:
        universe.consider(each["items"])
        answers.append([universe.can_install(items) for items in each["ask"]])
    print(json.dumps(answers), flush=True)
