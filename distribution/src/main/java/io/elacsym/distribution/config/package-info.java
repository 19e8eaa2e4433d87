/**
 * The configuration: every key declared once, read from a file and the environment, checked as a
 * whole and explained.
 */
package io.elacsym.distribution.config;
