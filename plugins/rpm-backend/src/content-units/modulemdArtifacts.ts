import {
  formatNevra,
  parseNevra,
  type ModulemdDocument,
  type Nevra,
} from '@rpmportal/rpm-format';

/** What a module's document names as its artifacts. */
export interface ModulemdArtifacts {
  /** Each package once. */
  nevras: Nevra[];
  /** Entries that name no package; to be reported, nothing else can be done with them. */
  unreadable: string[];
}

/** Reads the artifacts of a module's document. */
export function modulemdArtifacts({
  artifacts,
}: Pick<ModulemdDocument, 'artifacts'>): ModulemdArtifacts {
  const nevras = new Map<string, Nevra>();
  const unreadable: string[] = [];
  for (const artifact of artifacts) {
    const nevra = parseNevra(artifact);
    if (nevra) nevras.set(formatNevra(nevra), nevra);
    else unreadable.push(artifact);
  }
  return { nevras: [...nevras.values()], unreadable };
}
