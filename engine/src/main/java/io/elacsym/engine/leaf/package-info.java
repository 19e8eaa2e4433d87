/** Segments that other processes search for this one: how they are asked, and what they answer. */
package io.elacsym.engine.leaf;
