
{{ item.visibility }} struct {{ item.name }} {
{%- for field in tuple.elements %}{% include "rust/fields.rs" %}
{%- endfor %}
{%- match tuple.rest %}
{%- when Some with (field) %}{% include "rust/fields.rs" %}
{%- when None %}
{%- endmatch %}
}

support::tuple! {
    {{ item.name }} {
{%- for field in tuple.elements %}
        {{ field.name }} {{ field.presence }},
{%- endfor %}
    } {% match tuple.rest %}{% when Some with (field) %}rest {{ field.name }} {% when None %}{% endmatch %}{{ tuple.min }}..={{ tuple.max }}
}
