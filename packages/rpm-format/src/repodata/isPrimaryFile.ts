/**
 * Whether primary.xml itself lists the file, so that dependencies on it can be resolved without
 * filelists.xml: configuration, commands and one historical name, as createrepo_c decides it.
 */
export function isPrimaryFile(path: string): boolean {
  return (
    path.startsWith('/etc/') ||
    path.includes('bin/') ||
    path === '/usr/lib/sendmail'
  );
}
