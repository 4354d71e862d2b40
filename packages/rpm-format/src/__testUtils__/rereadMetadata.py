"""Reads the metadata files of a folder with createrepo_c and libcomps, writes
each again with the same library and prints the results as JSON."""

import json
import os
import sys

import createrepo_c
import libcomps

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


packages = {}
warnings = []


def add_package(package):
    packages[package.pkgId] = package
    return True


def new_package(pkg_id, name, arch):
    return createrepo_c.Package()


def known_package(pkg_id, name, arch):
    return packages[pkg_id]


def warn(kind, message):
    warnings.append(message)
    return True


createrepo_c.xml_parse_primary(
    path("primary.xml"), new_package, add_package, warn, 0
)
createrepo_c.xml_parse_filelists(
    path("filelists.xml"), known_package, None, warn
)
createrepo_c.xml_parse_other(path("other.xml"), known_package, None, warn)

comps = libcomps.Comps()
comps.fromxml_f(path("comps.xml"))

json.dump(
    {
        "warnings": warnings,
        "primary": [createrepo_c.xml_dump_primary(p) for p in packages.values()],
        "filelists": [createrepo_c.xml_dump_filelists(p) for p in packages.values()],
        "other": [createrepo_c.xml_dump_other(p) for p in packages.values()],
        "updateinfo": createrepo_c.UpdateInfo(path("updateinfo.xml")).xml_dump(),
        "repomd": createrepo_c.Repomd(path("repomd.xml")).xml_dump(),
        "comps": comps.xml_str(
            xml_options={
                "empty_groups": True,
                "empty_categories": True,
                "empty_environments": True,
            }
        ),
    },
    sys.stdout,
)
