import type { PoolModule } from '../pool/Pool';
import type { ModuleRequirement } from '../pool/records';

/** Whether a module is one that another one asks for. */
export function isRequiredStream(
  module: Pick<PoolModule, 'name' | 'stream'>,
  { name, streams }: ModuleRequirement,
): boolean {
  if (module.name !== name) {
    return false;
  }
  const wanted = streams.filter(stream => !stream.startsWith('-'));
  return wanted.length > 0
    ? wanted.includes(module.stream)
    : !streams.includes(`-${module.stream}`);
}

/** `name`, `name:stream` or `name:[stream,stream]`, as people write module requirements. */
export function moduleRequirementText(requirement: ModuleRequirement): string {
  const { name, streams } = requirement;
  if (streams.length === 0) {
    return name;
  }
  return streams.length === 1
    ? `${name}:${streams[0]}`
    : `${name}:[${[...streams].sort().join(',')}]`;
}
