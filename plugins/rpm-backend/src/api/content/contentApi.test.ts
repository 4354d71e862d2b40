import { CONTENT_TYPES } from '../../identifiers';
import { PageLinks } from '../edge';
import type { ContentUnitService } from '../../content-units';
import type { LabelService } from '../../labels';
import { contentApi } from './contentApi';

describe('contentApi', () => {
  it('has the collection and the href of every content type', () => {
    const routes = contentApi({
      units: {} as ContentUnitService,
      labels: {} as LabelService,
      links: new PageLinks({ baseUrl: 'http://localhost' }),
    }).map(({ route }) => route);
    for (const { collection, parameter } of Object.values(CONTENT_TYPES)) {
      expect(routes).toContainEqual(
        expect.objectContaining({ path: `${collection}/` }),
      );
      expect(routes).toContainEqual(
        expect.objectContaining({
          entity: { parameter, path: `${collection}/{unit}/` },
        }),
      );
    }
  });
});
