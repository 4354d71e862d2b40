"""Says which packages libsolv can install from sets of packages and modules.

Reads one question per line, as JSON, and writes one answer per line:
  {"packages": [...], "modules": [...], "sets": [[item, ...], ...], "ask": [item, ...]}
  [[true, ...], ...]   one list per set, one answer per item that is asked for
Items are packages, then modules, by position. Needs python3-solv.
"""

import json
import sys

import solv

FLAGS = {
    "EQ": solv.REL_EQ,
    "LT": solv.REL_LT,
    "GT": solv.REL_GT,
    "LE": solv.REL_LT | solv.REL_EQ,
    "GE": solv.REL_GT | solv.REL_EQ,
}


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


class Installer:
    def __init__(self, question, items):
        self.packages = question["packages"]
        self.modules = question["modules"]
        self.items = set(items)
        self.pool = solv.Pool()
        self.pool.setdisttype(solv.Pool.DISTTYPE_RPM)
        self.pool.setarch(question["architecture"])
        self.pool.set_flag(solv.Pool.POOL_FLAG_IMPLICITOBSOLETEUSESCOLORS, 1)
        self.repo = self.pool.add_repo("all")
        self.data = self.repo.add_repodata()
        self.solvables = {}
        for item in items:
            if item < len(self.packages):
                self.add_package(item)
            else:
                self.add_module(item - len(self.packages))
        self.data.internalize()
        self.pool.addfileprovides()
        self.pool.createwhatprovides()

    def add_package(self, item):
        pool = self.pool
        package = self.packages[item]
        solvable = self.repo.add_solvable()
        self.solvables[item] = solvable
        solvable.name = package["name"]
        solvable.evr = evr_of(package)
        solvable.arch = package["arch"]
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
        owners = [
            module_name(index)
            for index, module in enumerate(self.modules)
            if item in module["artifacts"] and self.has_module(index)
        ]
        if owners:
            solvable.add_requires(either(pool, owners))

    def has_module(self, index):
        return len(self.packages) + index in self.items

    def add_module(self, index):
        pool = self.pool
        module = self.modules[index]
        solvable = self.repo.add_solvable()
        self.solvables[len(self.packages) + index] = solvable
        solvable.name = module_name(index)
        solvable.evr = "1"
        solvable.arch = "noarch"
        solvable.add_provides(pool.Dep(module_name(index)))
        for other, each in enumerate(self.modules):
            if each["name"] == module["name"] and each["stream"] != module["stream"]:
                solvable.add_conflicts(pool.Dep(module_name(other)))
        for required in module["requires"]:
            names = [
                module_name(other)
                for other, each in enumerate(self.modules)
                if self.has_module(other) and stream_matches(each, required)
            ]
            solvable.add_requires(either(pool, names or ["no-such-module"]))

    def can_install(self, item):
        if item not in self.solvables:
            return False
        job = self.pool.Job(
            solv.Job.SOLVER_INSTALL | solv.Job.SOLVER_SOLVABLE,
            self.solvables[item].id,
        )
        solver = self.pool.Solver()
        # libsolv would have the x86_64 build beside each i686 one; a repository need not.
        solver.set_flag(solv.Solver.SOLVER_FLAG_NO_INFARCHCHECK, 1)
        return not solver.solve([job])


def answer(question):
    answers = []
    for items in question["sets"]:
        installer = Installer(question, items)
        answers.append([installer.can_install(item) for item in question["ask"]])
    return answers


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
