"""Reads a repository's metadata with createrepo_c and prints as JSON what it says
of every package, and what repomd.xml lists."""

import json
import sys

import createrepo_c

root = sys.argv[1]
metadata = createrepo_c.Metadata()
metadata.locate_and_load_xml(root)

RELATIONS = [
    "provides",
    "requires",
    "conflicts",
    "obsoletes",
    "suggests",
    "enhances",
    "recommends",
    "supplements",
]
FIELDS = [
    "name",
    "epoch",
    "version",
    "release",
    "arch",
    "pkgId",
    "checksum_type",
    "summary",
    "description",
    "url",
    "time_file",
    "time_build",
    "rpm_license",
    "rpm_vendor",
    "rpm_group",
    "rpm_buildhost",
    "rpm_sourcerpm",
    "rpm_header_start",
    "rpm_header_end",
    "rpm_packager",
    "size_package",
    "size_installed",
    "size_archive",
    "files",
    "changelogs",
]

packages = {}
for key in metadata.keys():
    package = metadata.get(key)
    packages[package.nevra()] = {
        name: getattr(package, name) for name in FIELDS + RELATIONS
    }

repomd = createrepo_c.Repomd(root + "/repodata/repomd.xml")
updateinfo = {}
for record in repomd.records:
    if record.type == "updateinfo":
        for update in createrepo_c.UpdateInfo(
            root + "/" + record.location_href
        ).updates:
            updateinfo[update.id] = {
                "type": update.type,
                "title": update.title,
                "severity": update.severity,
                "issued": str(update.issued_date),
                "updated": str(update.updated_date),
                "packages": [
                    package.filename
                    for collection in update.collections
                    for package in collection.packages
                ],
            }

json.dump(
    {
        "packages": packages,
        "records": sorted(record.type for record in repomd.records),
        "advisories": updateinfo,
    },
    sys.stdout,
)
