/**
 * Which package architectures a machine can install besides its own and `noarch`. Data, so that
 * the answer never depends on the machine that plans.
 */
const ALSO_INSTALLS: Readonly<Record<string, readonly string[]>> = {
  i686: ['i586', 'i486', 'i386'],
  x86_64: ['i686', 'i586', 'i486', 'i386', 'athlon', 'amd64', 'ia32e'],
  x86_64_v2: ['x86_64', 'i686', 'i586', 'i486', 'i386'],
  x86_64_v3: ['x86_64_v2', 'x86_64', 'i686', 'i586', 'i486', 'i386'],
  x86_64_v4: [
    'x86_64_v3',
    'x86_64_v2',
    'x86_64',
    'i686',
    'i586',
    'i486',
    'i386',
  ],
  armv7hl: ['armv6hl'],
  armv7hnl: ['armv7hl', 'armv6hl'],
  ppc64: ['ppc'],
  s390x: ['s390'],
};

/** Whether a machine of this architecture can install a package of that one. */
export function installsOn(machine: string, packageArch: string): boolean {
  return (
    packageArch === machine ||
    packageArch === 'noarch' ||
    (ALSO_INSTALLS[machine]?.includes(packageArch) ?? false)
  );
}

/**
 * Whether a package of one architecture can meet a requirement of a package of another: whether
 * there is a machine that installs both. Sources can be built anywhere. Symmetric for the rest.
 */
export function canMeet(a: string, b: string): boolean {
  return (
    a === 'noarch' ||
    isSourceArch(a) ||
    installsOn(a, b) ||
    installsOn(b, a) ||
    Object.keys(ALSO_INSTALLS).some(
      machine => installsOn(machine, a) && installsOn(machine, b),
    )
  );
}

/** Whether packages of this architecture hold sources: they are built, not installed. */
export function isSourceArch(arch: string): boolean {
  return arch === 'src' || arch === 'nosrc';
}
