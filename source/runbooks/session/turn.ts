import type {Happening} from '../../journal/entry.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {Turn} from './event.ts';
import type {Session} from './session.ts';

/** Nothing is to be done. */
export function stay(session: Session): Turn {
	return {session, effects: []};
}

/** A wish is not fulfilled, and why. */
export function refuse(session: Session, why: SafeText): Turn {
	return stay({...session, refused: why});
}

/** Something is to be written down before anything else. */
export function keep(session: Session, happening: Happening): Turn {
	const {asking: _, refused: __, ...rest} = session;
	return {session: {...rest, keeping: true}, effects: [{is: 'keep', happening}]};
}
