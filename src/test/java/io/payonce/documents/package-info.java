/**
 * The documents under {@code src/site/markdown}, held against the program: links lead somewhere,
 * what is named exists, and tables that code can make are made from code.
 * {@code -Dreadme.write=true} renders those anew.
 */
package io.payonce.documents;
