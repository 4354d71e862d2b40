import type { CopyInput } from '../api';
import type { CopyChoice, CopyDestination } from './copyChoice';

/**
 * Says what the backend is to plan.
 *
 * @param source - href of the version to copy from
 */
export function copyInputOf(
  source: string,
  choice: CopyChoice & { destination: CopyDestination },
): CopyInput {
  const { everything, packages, destination, options } = choice;
  const { dependencies } = options;
  return {
    config: [
      {
        source_repo_version: source,
        dest_repo: destination.pulp_href,
        // An empty list copies nothing, none copies all.
        ...(everything ? {} : { content: [...packages.keys()] }),
      },
    ],
    dependency_solving: dependencies,
    dependency_upgrade: dependencies && options.upgrade,
    weak_dependencies: dependencies && options.weak,
    ...(dependencies
      ? {}
      : { modular_packages: options.modules ? 'with-module' : 'warn' }),
  };
}
