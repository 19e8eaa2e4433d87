// Checks an Envoy configuration against Envoy's own API: each field is known, each type in an Any is, and
// each value is within the bounds that the API declares. It is what can be checked without Envoy itself.
//
//	envoycheck FILE
package main

import (
	"fmt"
	"os"

	bootstrap "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/router/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/retry/host/previous_hosts/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"sigs.k8s.io/yaml"
)

type validated interface{ ValidateAll() error }

// validate checks a message, and what is packed into an Any anywhere below it.
func validate(message proto.Message) error {
	if packed, ok := message.(*anypb.Any); ok {
		inner, err := packed.UnmarshalNew()
		if err != nil {
			return err
		}
		return validate(inner)
	}
	if checked, ok := message.(validated); ok {
		if err := checked.ValidateAll(); err != nil {
			return fmt.Errorf("%s: %w", message.ProtoReflect().Descriptor().FullName(), err)
		}
	}
	var failure error
	each := func(value protoreflect.Value) {
		if failure == nil {
			failure = validate(value.Message().Interface())
		}
	}
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.IsMap():
			if field.MapValue().Message() != nil {
				value.Map().Range(func(_ protoreflect.MapKey, v protoreflect.Value) bool { each(v); return failure == nil })
			}
		case field.Message() == nil:
		case field.IsList():
			for i := 0; i < value.List().Len(); i++ {
				each(value.List().Get(i))
			}
		default:
			each(value)
		}
		return failure == nil
	})
	return failure
}

func run(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	json, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return err
	}
	var read bootstrap.Bootstrap
	if err := protojson.Unmarshal(json, &read); err != nil {
		return err
	}
	if err := validate(&read); err != nil {
		return err
	}
	routes := 0
	for _, listener := range read.GetStaticResources().GetListeners() {
		for _, chain := range listener.GetFilterChains() {
			for _, filter := range chain.GetFilters() {
				var manager hcm.HttpConnectionManager
				if filter.GetTypedConfig().UnmarshalTo(&manager) == nil {
					for _, host := range manager.GetRouteConfig().GetVirtualHosts() {
						routes += len(host.GetRoutes())
					}
				}
			}
		}
	}
	if routes == 0 {
		return fmt.Errorf("%s has no routes", file)
	}
	fmt.Printf("%s: %d routes\n", file, routes)
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: envoycheck FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
