/** Contract checks as JUnit tests. */
package io.elacsym.tck.junit;
