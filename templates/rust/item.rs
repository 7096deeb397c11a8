{# An empty line is before each item. #}
{{ item.doc }}
{{ item.derives }}
{%- for attribute in item.attributes %}
{{ attribute }}
{%- endfor %}
{%- match item.kind %}
{%- when ItemKind::Object with (object) %}{% include "rust/object.rs" %}
{%- when ItemKind::TextEnum with (values) %}{% include "rust/text_enum.rs" %}
{%- when ItemKind::OpenEnum with { values, fallback } %}{% include "rust/open_enum.rs" %}
{%- when ItemKind::LiteralEnum with (values) %}{% include "rust/literal_enum.rs" %}
{%- when ItemKind::Union with { how, variants } %}{% include "rust/union.rs" %}
{%- when ItemKind::Tagged with { tag, variants } %}{% include "rust/tagged.rs" %}
{%- when ItemKind::Tuple with (tuple) %}{% include "rust/tuple.rs" %}
{%- when ItemKind::Wrapper with { inner, declaration } %}
{{ declaration }}

support::wrapper! { {{ item.name }}({{ inner }}) }
{%- when ItemKind::Newtype with (newtype) %}{% include "rust/newtype.rs" %}
{%- endmatch %}
{%- match item.default %}
{%- when Some with (value) %}
support::default! {
    {{ item.name }} = {{ value }}
}
{%- when None %}
{%- endmatch %}
{%- match item.schema %}
{%- when Some with (schema) %}
support::json_schema! { {{ item.name }}, {{ schema.reference }}, [{{ schema.documents }}] }
{%- when None %}
{%- endmatch %}
