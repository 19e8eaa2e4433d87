/**
 * Plugins at run time: found in directories, loaded into a module layer each, checked, and refused
 * with a line that names the jar and the cure.
 */
package io.elacsym.distribution.plugins;
