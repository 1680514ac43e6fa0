import {type Mark, type Marks, noMarks} from '../marks.ts';
import {markLine, marksOf} from '../marks-text.ts';
import {own, type SafeText} from '../vocabulary.ts';
import {type ClusterPlace, type Environment, marksFile} from './places.ts';
import {appendPrivate, readPrivate} from './private-file.ts';
import {redacted} from './redaction.ts';

/** As many bytes as years of marks take. */
const most = 4_000_000;

/** Marks cannot be read or set: one sentence with the file. */
export class MarksError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: string) {
		super(sentence);
		this.sentence = own(sentence);
	}
}

/** All marks of a cluster. @throws MarksError where they are there and cannot be believed */
export async function readMarks(environment: Environment, place: ClusterPlace): Promise<Marks> {
	const file = marksFile(environment, place);
	try {
		const lines = await readPrivate(file, most);
		return lines === undefined ? noMarks : marksOf(lines);
	} catch (error) {
		throw new MarksError(`What was acknowledged and accepted in ${file} is not read: ${(error as Error).message}.`);
	}
}

/**
 * Sets the mark of a finding, by its name, or takes it back where there is no mark to set. Whatever others set at the same
 * time stays: marks are only ever added, each as a line.
 * @throws MarksError where it could not be written
 */
export async function setMark(environment: Environment, place: ClusterPlace, finding: string, mark?: Mark): Promise<void> {
	const file = marksFile(environment, place);
	try {
		await appendPrivate(file, markLine(finding, mark && {...mark, note: own(redacted(mark.note))}));
	} catch (error) {
		throw new MarksError(`The mark could not be kept in ${file} (${(error as Error).message}).`);
	}
}
