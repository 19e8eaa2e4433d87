/** Parts that break down on purpose. */
package io.elacsym.tck.fault;
