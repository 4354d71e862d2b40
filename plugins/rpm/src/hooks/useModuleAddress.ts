import { useSearchParams } from 'react-router-dom';

/** The parts of the page's address that say what of a version is shown. */
export const MODULE_ADDRESS = ['version', 'module', 'package'] as const;

/** What is shown: a package, else a module, else the modules of a version. */
export interface ModuleAddress {
  /** Number of the version; the latest when undefined. */
  version?: number;
  /** UUID of a module. */
  module?: string;
  /** UUID of a package. */
  package?: string;
}

/**
 * Reads what is shown from the page's address.
 *
 * @returns also what makes a link to something else, in the same repository
 */
export function useModuleAddress(): {
  address: ModuleAddress;
  linkTo: (address: ModuleAddress) => string;
} {
  const [params] = useSearchParams();
  const version = params.get('version');
  return {
    address: {
      version: version && /^\d+$/.test(version) ? Number(version) : undefined,
      module: params.get('module') ?? undefined,
      package: params.get('package') ?? undefined,
    },
    linkTo(address) {
      const changed = new URLSearchParams(params);
      changed.set('view', 'modules');
      for (const name of MODULE_ADDRESS) {
        const value = address[name];
        if (value === undefined) changed.delete(name);
        else changed.set(name, String(value));
      }
      return `?${changed}`;
    },
  };
}
