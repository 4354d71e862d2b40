import {
  formatNevra,
  parseNevra,
  parseRelation,
  type RpmRelation,
} from '@rpmportal/rpm-format';
import type { ModuleRecord, PackageRecord } from '../pool/records';

/** Relations as people write them: `libfoo >= 1.2`, `(a or b)`. */
export interface PackageTexts {
  provides?: string[];
  requires?: string[];
  conflicts?: string[];
  obsoletes?: string[];
  recommends?: string[];
  supplements?: string[];
  files?: string[];
}

const units = new Map<string, number>();

/** The same text always means the same unit. */
function unitFor(identity: string): number {
  const unit = units.get(identity) ?? units.size + 1;
  units.set(identity, unit);
  return unit;
}

function parse(nevra: string) {
  const parsed = parseNevra(
    nevra.includes('.', nevra.lastIndexOf('-')) ? nevra : `${nevra}.noarch`,
  );
  if (!parsed) {
    throw new Error(`${nevra} is no package`);
  }
  return parsed;
}

/** The unit of a package, `name-version-release`, `.noarch` unless another architecture follows. */
export function unitOf(nevra: string): number {
  return unitFor(formatNevra(parse(nevra)));
}

/** A package of that NEVRA; see {@link unitOf}. */
export function pkg(nevra: string, texts: PackageTexts = {}): PackageRecord {
  return {
    unit: unitOf(nevra),
    ...parse(nevra),
    provides: relations(texts.provides),
    requires: relations(texts.requires),
    conflicts: relations(texts.conflicts),
    obsoletes: relations(texts.obsoletes),
    recommends: relations(texts.recommends),
    supplements: relations(texts.supplements),
    files: texts.files ?? [],
  };
}

/** The unit of a module, `name:stream:version:context:arch`. */
export function moduleUnitOf(nsvca: string): number {
  return unitFor(`module ${nsvca}`);
}

/** A module of that NSVCA. `requires` are `name:stream,stream` or a name alone. */
export function module(
  nsvca: string,
  options: { artifacts?: string[]; requires?: string[] } = {},
): ModuleRecord {
  const [name, stream, version, context, arch] = nsvca.split(':');
  return {
    unit: moduleUnitOf(nsvca),
    name,
    stream,
    version,
    context,
    arch,
    artifacts: (options.artifacts ?? []).map(nevra =>
      formatNevra(parse(nevra)),
    ),
    requires: (options.requires ?? []).map(text => {
      const [required, streams = ''] = text.split(':');
      return {
        name: required,
        streams: streams.split(',').filter(Boolean),
      };
    }),
  };
}

function relations(texts: string[] = []): RpmRelation[] {
  return texts.map(text => {
    const relation = parseRelation(text);
    if (!relation) {
      throw new Error(`${text} is no relation`);
    }
    return relation;
  });
}
