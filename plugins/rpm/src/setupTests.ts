import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine must not fail a test: whole dialogs are rendered here, and lazy parts are compiled
// when they are first shown.
jest.setTimeout(120_000);
configure({ asyncUtilTimeout: 30_000 });

/** Long lists of options watch their end to read more; without a layout nothing comes into sight. */
class UnseeingIntersectionObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(window, { IntersectionObserver: UnseeingIntersectionObserver });
