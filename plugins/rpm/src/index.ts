export { rpmPlugin as default } from './plugin';
