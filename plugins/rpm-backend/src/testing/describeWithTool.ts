import { spawnSync } from 'child_process';

/**
 * `describe` for tests that ask a real program. Where it is not installed they are skipped with a
 * line that says so; under CI, which installs it, its absence is a failure.
 *
 * @param probe - a command that succeeds when the tool is there
 */
export function describeWithTool(
  tool: string,
  name: string,
  body: () => void,
  probe: readonly string[] = [tool, '--version'],
): void {
  const [command, ...args] = probe;
  if (spawnSync(command, args).status === 0) {
    describe(name, body);
  } else if (process.env.CI) {
    it(`${name}: needs ${tool}`, () => {
      throw new Error(`${tool} is not installed`);
    });
  } else {
    describe.skip(`${name} (skipped: ${tool} is not installed)`, body);
  }
}
