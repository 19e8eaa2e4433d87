/**
 * Custom distributions: this program with some plugins, with a Java of its own, for a container.
 */
package io.elacsym.distribution.assemble;
