import type {Look} from '../widgets/look.ts';
import {makeController} from './controller.ts';
import type {Keys} from './keys.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';

/**
 * The first frame of the dashboard as bytes that paint it over the skeleton. Loading Ink and drawing with it for the first
 * time takes 100 ms, and the scenes it draws need none of it: the first rows are on the screen before.
 */
export function firstFrame(source: PictureSource, look: Look, keys: Keys, {columns, rows}: Size): string {
	const nothing = {kubectl: [], open: undefined, keys};
	const {lines} = makeController(source, [look], {columns, rows}, nothing).scene();
	return `\u001b[H${lines.join('\r\n')}\u001b[H`;
}
