/** What names a module: its stream, and as much as is known of the build. */
export interface Nsvca {
  name: string;
  stream: string;
  version?: string;
  context?: string;
  arch?: string;
}

/** `name:stream:version:context:arch`, up to the first part that is not known. */
export function formatNsvca(module: Nsvca): string {
  const { name, stream, version, context, arch } = module;
  const parts = [name, stream, version, context, arch];
  const unknown = parts.findIndex(part => !part);
  return parts.slice(0, unknown < 0 ? parts.length : unknown).join(':');
}

/**
 * Reads `name:stream`, `name:stream:version`, `…:context` (as in an RPM's modularity label) or
 * `…:arch`; `undefined` for anything else.
 */
export function parseNsvca(text: string): Nsvca | undefined {
  const parts = text.split(':');
  if (parts.length < 2 || parts.length > 5 || parts.some(part => !part)) {
    return undefined;
  }
  const [name, stream, version, context, arch] = parts;
  return {
    name,
    stream,
    ...(version && { version }),
    ...(context && { context }),
    ...(arch && { arch }),
  };
}
