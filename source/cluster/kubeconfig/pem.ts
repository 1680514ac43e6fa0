import {readFileSync} from 'node:fs';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {codeOf} from '../line/error-code.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';
import {type Entry, resolvePath, scalar} from './file.ts';
import type {Pem} from './target.ts';

/** Reads `<field>-data` or `<field>`; the data wins. `of` says whose it is. Throws `KubeconfigError` for rubbish and for a file that is not there. */
export function readPem({value, file}: Entry, field: string, of: SafeText): Pem | undefined {
	const data = scalar(value[`${field}-data`]);
	if (data !== '') {
		const pem = Buffer.from(data, 'base64').toString();
		if (pem.includes('-----BEGIN ')) return {pem};
		throw new KubeconfigError(
			say`${own(field)}-data of ${of} in ${safeText(file)} is not PEM in base64: fetch the kubeconfig anew`,
		);
	}
	const path = resolvePath(scalar(value[field]), file);
	if (path === '') return undefined;
	pemText({file: path}, say`${own(field)} of ${of} in ${safeText(file)}`);
	return {file: path};
}

/** The PEM text now; a file is read each time, for it may have been renewed. `of` says which it is. */
export function pemText(pem: Pem, of: SafeText): string {
	if ('pem' in pem) return pem.pem;
	try {
		return readFileSync(pem.file, 'utf8');
	} catch (error) {
		const why = codeOf(error) === 'ENOENT' ? own('is not there') : say`cannot be read (${safeText(codeOf(error))})`;
		throw new KubeconfigError(say`${safeText(pem.file)}, the ${of}, ${why}`, error);
	}
}
