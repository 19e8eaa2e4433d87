/** How is a score estimated by a code, and which items may be hits after all estimates? */
package io.elacsym.index.codes;
