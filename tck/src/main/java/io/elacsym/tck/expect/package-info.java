/** How a check says what it expected and what it saw. */
package io.elacsym.tck.expect;
