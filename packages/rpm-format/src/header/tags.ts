import type { RelationKind } from '../package/RpmPackage';

/** Numbers of the header entries that are read, as rpm's manual on tags lists them. */
export const RpmTag = {
  NAME: 1000,
  VERSION: 1001,
  RELEASE: 1002,
  EPOCH: 1003,
  SUMMARY: 1004,
  DESCRIPTION: 1005,
  BUILDTIME: 1006,
  BUILDHOST: 1007,
  SIZE: 1009,
  VENDOR: 1011,
  LICENSE: 1014,
  PACKAGER: 1015,
  GROUP: 1016,
  URL: 1020,
  ARCH: 1022,
  FILEMODES: 1030,
  FILEFLAGS: 1037,
  SOURCERPM: 1044,
  ARCHIVESIZE: 1046,
  NOSOURCE: 1051,
  NOPATCH: 1052,
  CHANGELOGTIME: 1080,
  CHANGELOGNAME: 1081,
  CHANGELOGTEXT: 1082,
  DIRINDEXES: 1116,
  BASENAMES: 1117,
  DIRNAMES: 1118,
  LONGSIZE: 5009,
  MODULARITYLABEL: 5096,
} as const;

/** Entries of the signature header, which numbers its own. */
export const SignatureTag = {
  DSA_OF_HEADER: 267,
  RSA_OF_HEADER: 268,
  SHA1_OF_HEADER: 269,
  LONGSIZE: 270,
  LONGARCHIVESIZE: 271,
  SHA256_OF_HEADER: 273,
  OPENPGP: 278,
  SIZE: 1000,
  PGP: 1002,
  GPG: 1005,
  PAYLOADSIZE: 1007,
} as const;

/** Where the three parallel lists of each kind of relation are. */
export const RELATION_TAGS: Record<
  RelationKind,
  { name: number; flags: number; version: number }
> = {
  provides: { name: 1047, flags: 1112, version: 1113 },
  requires: { name: 1049, flags: 1048, version: 1050 },
  conflicts: { name: 1054, flags: 1053, version: 1055 },
  obsoletes: { name: 1090, flags: 1114, version: 1115 },
  recommends: { name: 5046, flags: 5048, version: 5047 },
  suggests: { name: 5049, flags: 5051, version: 5050 },
  supplements: { name: 5052, flags: 5054, version: 5053 },
  enhances: { name: 5055, flags: 5057, version: 5056 },
};
