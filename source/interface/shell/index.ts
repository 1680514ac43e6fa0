export {looksFor} from '../widgets/look.ts';
export {picturesOf} from './picture.ts';
export {startApp} from './start.ts';
