import {known, type Shown} from './word.ts';

const systemFolders = /^(?:\/usr)?(?:\/local)?\/s?bin\/|^\/opt\/(?:cni\/)?bin\/|^\/var\/lib\/rancher\/k3s\/data\/current\/bin\//;

/** The program that a first word names, without the folder of the system that it is in; undefined where it is not known which. */
export function programOf(word: Shown | undefined): string | undefined {
	const name = known(word)?.replace(systemFolders, '');
	return name === undefined || name === '' || name.includes('/') ? undefined : name;
}
