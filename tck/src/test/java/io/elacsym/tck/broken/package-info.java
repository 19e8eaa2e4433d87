/** Each contract check is shown to fail on a part that breaks the promise it guards. */
package io.elacsym.tck.broken;
