"""Plans copies with libsolv, and says how long it takes.

Reads one question as JSON:
  {"architecture": "x86_64",
   "source": [{"primary": path, "filelists": path}, ...], "destination": [...],
   "requests": [["name-[epoch:]version-release.arch", ...], ...], "runs": 5}
Writes one answer: milliseconds of the first plan by its parts, and of each later plan by request. Modules
are not known to libsolv's Python bindings, so that it has less to do. Needs python3-solv.
"""

import json
import resource
import sys
import time

import solv


def now():
    return time.perf_counter() * 1000


def load(pool, name, folders):
    repo = pool.add_repo(name)
    for folder in folders:
        for kind, flags in (("primary", 0), ("filelists", solv.Repo.REPO_EXTEND_SOLVABLES)):
            file = solv.xfopen(folder[kind])
            repo.add_rpmmd(file, None, flags)
            file.close()
    return repo


def prepare(pool):
    pool.addfileprovides()
    pool.createwhatprovides()


def plan(pool, units):
    """The destination is what is installed; all versions may stand side by side."""
    jobs = [pool.Job(solv.Job.SOLVER_MULTIVERSION | solv.Job.SOLVER_SOLVABLE_ALL, 0)]
    for unit in units:
        jobs.append(pool.Job(solv.Job.SOLVER_INSTALL | solv.Job.SOLVER_SOLVABLE, unit))
    solver = pool.Solver()
    solver.set_flag(solv.Solver.SOLVER_FLAG_IGNORE_RECOMMENDED, 1)
    solver.set_flag(solv.Solver.SOLVER_FLAG_NO_INFARCHCHECK, 1)
    solver.set_flag(solv.Solver.SOLVER_FLAG_ALLOW_ARCHCHANGE, 1)
    solver.set_flag(solv.Solver.SOLVER_FLAG_ALLOW_VENDORCHANGE, 1)
    problems = solver.solve(jobs)
    return {
        "problems": len(problems),
        "added": 0 if problems else len(solver.transaction().newsolvables()),
    }


def main():
    question = json.load(sys.stdin)
    start = now()
    pool = solv.Pool()
    pool.setdisttype(solv.Pool.DISTTYPE_RPM)
    pool.setarch(question["architecture"])
    pool.set_flag(solv.Pool.POOL_FLAG_IMPLICITOBSOLETEUSESCOLORS, 1)
    source = load(pool, "source", question["source"])
    pool.installed = load(pool, "destination", question["destination"])
    loaded = now()
    prepare(pool)
    prepared = now()
    units = {str(solvable): solvable.id for solvable in source.solvables}
    requests = [[units[name] for name in names] for names in question["requests"]]
    found = now()
    plan(pool, requests[0])
    solved = now()
    plans = []
    for request in requests:
        runs = []
        for _ in range(question["runs"]):
            begin = now()
            prepare(pool)
            ready = now()
            outcome = plan(pool, request)
            runs.append({"prepare": ready - begin, "solve": now() - ready})
        plans.append({"runs": runs, **outcome})
    print(
        json.dumps(
            {
                "packages": source.nsolvables + pool.installed.nsolvables,
                "load": loaded - start,
                "prepare": prepared - loaded,
                "solve": solved - found,
                "plans": plans,
                "peakMemoryKB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            }
        )
    )


main()
