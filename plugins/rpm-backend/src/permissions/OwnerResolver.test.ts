import { mockServices } from '@backstage/backend-test-utils';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { OwnerResolver, type Ownership } from './OwnerResolver';

function component(name: string, owner?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    relations: owner ? [{ type: RELATION_OWNED_BY, targetRef: owner }] : [],
  };
}

const MAKER = 'user:default/maker';

const itemOf = (item: Partial<Ownership>): Ownership => ({
  owner: undefined,
  entity: undefined,
  createdBy: MAKER,
  ...item,
});

function setUp() {
  const catalog = catalogServiceMock.mock();
  const answering = catalogServiceMock({
    entities: [component('shop', 'group:default/sales'), component('loner')],
  });
  catalog.getEntitiesByRefs.mockImplementation((...args) =>
    answering.getEntitiesByRefs(...args),
  );
  const owners = new OwnerResolver({
    catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
  });
  return { catalog, owners };
}

describe('the owner', () => {
  it.each<[Partial<Ownership>, string | undefined]>([
    [
      { owner: 'Group:default/Tools', entity: 'component:default/shop' },
      'group:default/tools',
    ],
    [{ entity: 'component:default/shop' }, 'group:default/sales'],
    [{ entity: 'component:default/loner' }, MAKER],
    [{ entity: 'component:default/gone' }, MAKER],
    [{}, MAKER],
    [{ createdBy: undefined }, undefined],
    [{ createdBy: 'no reference' }, undefined],
  ])('of %p is %p', async (item, owner) => {
    const { owners } = setUp();
    expect(await owners.ownersOf([itemOf(item)])).toEqual([owner]);
  });

  it('of what belongs to an entity is unknown while the catalog does not answer', async () => {
    const { catalog, owners } = setUp();
    catalog.getEntitiesByRefs.mockRejectedValueOnce(new Error('down'));
    const items = [
      itemOf({ entity: 'component:default/shop' }),
      itemOf({ owner: 'group:default/tools' }),
      itemOf({}),
    ];
    expect(await owners.ownersOf(items)).toEqual([
      undefined,
      'group:default/tools',
      MAKER,
    ]);
    expect((await owners.ownersOf(items))[0]).toBe('group:default/sales');
  });

  it('of an entity is remembered for a short time', async () => {
    const { catalog, owners } = setUp();
    const items = [itemOf({ entity: 'component:default/shop' })];
    await owners.ownersOf(items);
    await owners.ownersOf(items);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(1);
  });
});
