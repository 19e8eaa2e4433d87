// Checks files of alert rules (YAML) and dashboards (JSON) with Prometheus' own parsers: what
// `promtool check rules` does, without the hundred megabytes of service discovery that promtool brings.
//
//	promcheck FILE...
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

type dashboard struct {
	Panels []struct {
		Title   string
		Targets []struct{ Expr string }
	}
}

// Grafana puts its own values in before it asks; any will do for the parser.
var variables = strings.NewReplacer("$__rate_interval", "5m", "$__interval", "1m", "$job", "x", "$instance", "x")

func rules(file string, p parser.Parser) (int, []error) {
	groups, errs := rulefmt.ParseFile(file, false, model.UTF8Validation, p, slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		return 0, errs
	}
	count := 0
	for _, group := range groups.Groups {
		count += len(group.Rules)
	}
	return count, nil
}

func panels(file string, p parser.Parser) (int, []error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, []error{err}
	}
	var read dashboard
	if err := json.Unmarshal(text, &read); err != nil {
		return 0, []error{fmt.Errorf("%s: %w", file, err)}
	}
	count := 0
	var errs []error
	for _, panel := range read.Panels {
		for _, target := range panel.Targets {
			count++
			if _, err := p.ParseExpr(variables.Replace(target.Expr)); err != nil {
				errs = append(errs, fmt.Errorf("%s: panel %q: %w", file, panel.Title, err))
			}
		}
	}
	return count, errs
}

func main() {
	p := parser.NewParser(parser.Options{})
	failed := len(os.Args) < 2
	for _, file := range os.Args[1:] {
		check := rules
		if strings.HasSuffix(file, ".json") {
			check = panels
		}
		count, errs := check(file, p)
		for _, err := range errs {
			fmt.Fprintln(os.Stderr, err)
		}
		if len(errs) > 0 || count == 0 {
			failed = true
			continue
		}
		fmt.Printf("%s: %d expressions\n", file, count)
	}
	if failed {
		os.Exit(1)
	}
}
