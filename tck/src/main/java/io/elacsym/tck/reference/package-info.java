/** Index parts that keep their contracts, as plainly as can be; to be broken by the tests. */
package io.elacsym.tck.reference;
