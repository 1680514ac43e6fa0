/** What of the shell can be had without Ink; `start.ts` is the rest. */
export {looksFor} from '../widgets/look.ts';
export {firstFrame} from './first-frame.ts';
export {keysWith} from './keys.ts';
export {picturesOf} from './picture.ts';
export {switching} from './switching.ts';
