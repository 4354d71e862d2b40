import fc from 'fast-check';
import { compsUnit } from '../__testUtils__/compsArbitrary';
import { collect } from '../__testUtils__/metadata';
import { CompsGroup, CompsUnit } from './CompsUnit';
import { readComps } from './readComps';
import { compsDigest, renderComps } from './renderComps';

async function read(xml: string): Promise<CompsUnit[]> {
  return (await collect(readComps([xml]))).items;
}

const byKind = (units: CompsUnit[]) =>
  ['group', 'category', 'environment', 'langpacks'].flatMap(kind =>
    units.filter(candidate => candidate.kind === kind),
  );

describe('readComps', () => {
  it('reads back whatever renderComps writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(compsUnit, { maxLength: 4 }), async units => {
        expect(await read(renderComps(units))).toEqual(byKind(units));
      }),
    );
  });

  it('reads a file as distributions write it', async () => {
    const units = await read(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE comps PUBLIC '-//Red Hat, Inc.//DTD Comps info//EN' 'comps.dtd'>
<comps>
  <group>
    <id>birds</id>
    <name>Birds</name>
    <name xml:lang="de">Vögel</name>
    <description>Feathers</description>
    <display_order> 7 </display_order>
    <packagelist>
      <packagereq>duck</packagereq>
      <packagereq type="conditional" requires="pond">stork</packagereq>
      <packagereq type="new" basearchonly="true">penguin</packagereq>
    </packagelist>
  </group>
  <environment>
    <id>zoo</id>
    <name>Zoo</name>
    <description/>
    <grouplist><groupid>birds</groupid></grouplist>
    <optionlist><groupid default="true">mammals</groupid></optionlist>
  </environment>
  <category>
    <id>all</id>
    <name>All</name>
    <description></description>
    <grouplist><groupid>mammals</groupid><groupid>birds</groupid></grouplist>
  </category>
  <blacklist><package name="dodo"/></blacklist>
  <langpacks><match name="aspell" install="aspell-%s"/></langpacks>
</comps>`);

    expect(units).toEqual([
      {
        kind: 'group',
        id: 'birds',
        name: 'Birds',
        nameByLang: { de: 'Vögel' },
        description: 'Feathers',
        descByLang: {},
        displayOrder: 7,
        default: false,
        userVisible: true,
        biarchOnly: false,
        packages: [
          { name: 'duck', type: 'mandatory', baseArchOnly: false },
          {
            name: 'stork',
            type: 'conditional',
            baseArchOnly: false,
            requires: 'pond',
          },
          { name: 'penguin', type: 'unknown', baseArchOnly: true },
        ],
      },
      {
        kind: 'environment',
        id: 'zoo',
        name: 'Zoo',
        description: '',
        nameByLang: {},
        descByLang: {},
        groups: [{ id: 'birds', default: false }],
        optionalGroups: [{ id: 'mammals', default: true }],
      },
      {
        kind: 'category',
        id: 'all',
        name: 'All',
        description: '',
        nameByLang: {},
        descByLang: {},
        groups: [
          { id: 'mammals', default: false },
          { id: 'birds', default: false },
        ],
      },
      { kind: 'langpacks', matches: { aspell: 'aspell-%s' } },
    ]);
  });

  it('keeps languages that are named like inherited properties', async () => {
    const [group] = await read(
      '<comps><group><id>g</id><name xml:lang="__proto__">x</name></group></comps>',
    );

    expect(Object.entries((group as CompsGroup).nameByLang)).toEqual([
      ['__proto__', 'x'],
    ]);
  });

  it.each([
    ['<comps><group><name>x</name></group></comps>', 'has a group without id'],
    ['<comps><category/></comps>', 'has a category without id'],
    [
      `<comps><group><id>${'x'.repeat(256)}</id></group></comps>`,
      'has a group whose id is longer than 255 characters',
    ],
    ['<comps><group><id>a</id></comps>', 'is not well-formed XML'],
    ['<comps><group><id>&evil;</id>', 'undefined entity'],
    ['<metadata/>', 'has the root element <metadata> instead of <comps>'],
    [
      '<comps><group><id>a</id><display_order>last</display_order></group></comps>',
      'has group "a" with the display order "last"',
    ],
  ])('refuses %s', async (xml, message) => {
    await expect(read(xml)).rejects.toMatchObject({
      name: 'RepodataError',
      kind: 'comps',
      message: expect.stringContaining(message),
    });
  });

  it('bounds the members of a group', async () => {
    const endless = function* endless() {
      yield '<comps><group><id>a</id><packagelist>';
      for (;;) {
        yield '<packagereq>x</packagereq>'.repeat(1000);
      }
    };

    await expect(collect(readComps(endless()))).rejects.toThrow(
      'comps.xml has group "a" with more than 100000 members',
    );
  });
});

describe('compsDigest', () => {
  it('is the same for equal units whatever the order of translations', () => {
    const a: CompsUnit = {
      kind: 'category',
      id: 'all',
      name: 'All',
      description: '',
      nameByLang: { de: 'Alle', cs: 'Vše' },
      descByLang: {},
      groups: [],
    };

    expect(compsDigest(a)).toBe(
      compsDigest({ ...a, nameByLang: { cs: 'Vše', de: 'Alle' } }),
    );
    expect(compsDigest(a)).not.toBe(compsDigest({ ...a, name: 'Any' }));
    expect(compsDigest(a)).not.toBe(
      compsDigest({ ...a, kind: 'environment', optionalGroups: [] }),
    );
  });
});
