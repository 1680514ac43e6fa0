import {setFlagsFromString} from 'node:v8';

/**
 * V8 lets the young generation grow to 16 MB per half, which makes 50 to 75 MB on a large cluster: from here on it stays as it is.
 */
export function keepYoungGenerationSmall(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}
