import { DateTime } from 'luxon';
import { renderListing } from './renderListing';

describe('renderListing', () => {
  it('shows folders and files with date and size', () => {
    const page = renderListing('/content/foo/', [
      { name: 'repodata', isFolder: true },
      {
        name: 'a+b^1~2.rpm',
        isFolder: false,
        date: DateTime.fromISO('2026-03-07T09:05:59+01:00'),
        size: 12_345,
      },
    ]);
    expect(page).toContain('<title>Index of /content/foo/</title>');
    expect(page).toContain('<h1>Index of /content/foo/</h1>');
    const lines = page.split('\n').filter(line => line.includes('<a '));
    expect(lines).toEqual([
      '<hr><pre><a href="../">../</a>',
      expect.stringMatching(
        /^<a href="\.\/a\+b%5E1~2\.rpm">a\+b\^1~2\.rpm<\/a> +07-Mar-2026 08:05 +12\.3 kB$/,
      ),
      '<a href="./repodata/">repodata/</a>',
    ]);
  });

  it('lines facts up', () => {
    const date = DateTime.fromISO('2026-03-07T09:05:59Z');
    const page = renderListing('/', [
      { name: 'a', isFolder: false, date, size: 5 },
      { name: 'much-longer', isFolder: false, date, size: 5_000_000 },
    ]);
    const [a, longer] = page
      .split('\n')
      .filter(line => line.includes('2026'))
      .map(line => line.replace(/<[^>]*>/g, ''));
    expect(a.indexOf('07-Mar')).toBe(longer.indexOf('07-Mar'));
    expect(a).toHaveLength(longer.length);
  });

  it('formats a date once, however many files have it', () => {
    const format = jest.spyOn(DateTime.prototype, 'toFormat');
    const date = DateTime.fromISO('2026-03-07T09:05:59Z');
    const entries = Array.from({ length: 100 }, (_, i) => ({
      name: `file${i}`,
      isFolder: false,
      date,
    }));
    const page = renderListing('/', entries);
    expect(page.split('07-Mar-2026 09:05')).toHaveLength(101);
    expect(format).toHaveBeenCalledTimes(1);
    format.mockRestore();
  });

  it('lets nothing of a name become markup', () => {
    const page = renderListing(`/<script>&"'/`, [
      { name: `"><script>alert('x')</script>`, isFolder: false },
    ]);
    expect(page).not.toContain('<script>');
    expect(page).toContain('Index of /&lt;script&gt;&amp;&quot;&#39;/');
    expect(page).toContain('href="./%22%3E%3Cscript%3Ealert(');
  });
});
