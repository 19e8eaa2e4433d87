/** Checks of a contract that are run for a person: what holds, what does not, what is not known. */
package io.elacsym.distribution.promise;
