// Checks a Dockerfile with BuildKit's own parser: each instruction is one, with options that it has, and each
// COPY --from names a stage that is there. It is what can be checked without an engine.
//
//	dockercheck FILE
package main

import (
	"fmt"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func run(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	read, err := parser.Parse(file)
	if err != nil {
		return err
	}
	for _, warning := range read.Warnings {
		return fmt.Errorf("%s: %s", name, warning.Short)
	}
	stages, _, err := instructions.Parse(read.AST, nil)
	if err != nil {
		return err
	}
	commands := 0
	for number, stage := range stages {
		for _, command := range stage.Commands {
			commands++
			copied, ok := command.(*instructions.CopyCommand)
			if ok && copied.From != "" {
				if at, found := instructions.HasStage(stages, copied.From); !found || at >= number {
					return fmt.Errorf("%s: COPY --from=%s: there is no such stage before it", name, copied.From)
				}
			}
		}
	}
	fmt.Printf("%s: %d stages, %d instructions\n", name, len(stages), commands)
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: dockercheck FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
