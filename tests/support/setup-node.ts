// Gives Node an IndexedDB; the browser project runs the same tests on the real one.
import 'fake-indexeddb/auto';
