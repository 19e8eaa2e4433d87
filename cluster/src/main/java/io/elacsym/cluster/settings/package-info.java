/** What is configured of a cluster. */
package io.elacsym.cluster.settings;
