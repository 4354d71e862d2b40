import { formatNsvca, parseNsvca, type Nsvca } from '@rpmportal/rpm-format';

/** A package of a file, as far as modules are concerned. */
export interface UploadedPackage {
  nevra: string;
  /** The module that its header says it was built for. */
  label: string | undefined;
}

/** A stored module that may be the package's. */
export interface StoredModule extends Required<Nsvca> {
  /** Whether its document names the package as an artifact. */
  namesPackage: boolean;
}

const PARTS = ['name', 'stream', 'version', 'context', 'arch'] as const;
/** Of a build, whose architecture goes without saying. */
const BUILD_PARTS = 4;

/** The build that a request names; undefined unless it names one. */
export function parseBuild(text: string): Nsvca | undefined {
  return text.split(':').length < BUILD_PARTS ? undefined : parseNsvca(text);
}

/** Whether two names can be those of one module; what only one of them says does not matter. */
export function agree(a: Nsvca, b: Nsvca): boolean {
  return PARTS.every(part => !a[part] || !b[part] || a[part] === b[part]);
}

/**
 * Why a package cannot be taken, as a modular package without its module is of no use: clients
 * refuse to install it.
 *
 * @param named - what the request says is its module
 * @param stored - at least the modules of the stream that the request or else the label names
 * @returns which of the two is at fault, and a sentence; undefined when nothing is wrong
 */
export function judgeModule(
  { nevra, label }: UploadedPackage,
  named: Nsvca | undefined,
  stored: readonly StoredModule[],
): { at: 'module' | 'file'; sentence: string } | undefined {
  const labelled = label === undefined ? undefined : parseNsvca(label);
  if (label !== undefined && !labelled) {
    return {
      at: 'file',
      sentence: `The header of ${nevra} says that it belongs to the module "${label}", which is no name:stream:version:context.`,
    };
  }
  if (named) {
    const name = formatNsvca(named);
    if (labelled && !agree(named, labelled)) {
      return {
        at: 'module',
        sentence: `The header of ${nevra} says that it belongs to the module ${label}, not to ${name}.`,
      };
    }
    const modules = stored.filter(module => agree(named, module));
    if (!modules.length) {
      return {
        at: 'module',
        sentence: `There is no module ${name}; upload its document first.`,
      };
    }
    return modules.some(module => module.namesPackage)
      ? undefined
      : {
          at: 'module',
          sentence: `The module ${name} does not name ${nevra} as an artifact.`,
        };
  }
  if (!labelled || stored.some(module => agree(labelled, module))) {
    return undefined;
  }
  return {
    at: 'file',
    sentence: `The header of ${nevra} says that it belongs to the module ${label}, which is not there; upload the document of the module first.`,
  };
}
