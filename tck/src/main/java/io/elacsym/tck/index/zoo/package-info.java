/** Which rows and queries should an index be tried on, because one of their kind broke an index? */
package io.elacsym.tck.index.zoo;
