import { screen } from '@testing-library/react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import german from './de';
import { rpmTranslationRef } from './ref';

/** A ref gives its messages to translation APIs only, so its type does not show them. */
const english = (
  rpmTranslationRef as unknown as {
    getDefaultMessages(): Record<string, string>;
  }
).getDefaultMessages();

function placeholdersOf(message: string): string[] {
  return [...message.matchAll(/\{\{\w+\}\}/g)].map(([found]) => found).sort();
}

function Title() {
  const { t } = useTranslationRef(rpmTranslationRef);
  return <p>{t('content.title')}</p>;
}

describe('German', () => {
  it('has every text, with what English puts into it', () => {
    const texts: Record<string, string> = german;
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(english)) {
      expect([key, ...placeholdersOf(texts[key])]).toEqual([
        key,
        ...placeholdersOf(message),
      ]);
    }
  });

  it('is spoken when the portal speaks it', async () => {
    renderInTestApp(<Title />, {
      config: {
        app: {
          extensions: [
            {
              'api:app/app-language': {
                config: { availableLanguages: ['de'], defaultLanguage: 'de' },
              },
            },
          ],
        },
      },
    });
    expect(await screen.findByText('RPM-Repositorys')).toBeInTheDocument();
  });
});
