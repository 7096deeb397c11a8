
{{ item.visibility }} struct {{ item.name }} {
{%- for field in object.fields %}{% include "rust/fields.rs" %}
{%- endfor %}
{%- match object.kept %}
{%- when Some with (field) %}{% include "rust/fields.rs" %}
{%- when None %}
{%- endmatch %}
{%- if !object.is_empty() %}
{% endif %}}
{%- if !object.accessors.is_empty() %}
{% for attribute in object.attributes %}
{{ attribute }}
{%- endfor %}
impl {{ item.name }} {
{%- for accessor in object.accessors %}
{%- if !loop.first %}
{% endif %}
    /// {{ accessor.doc }}
{%- if accessor.is_deprecated %}
    #[deprecated]
{%- endif %}
{%- if accessor.looks_like_constant %}
    #[allow(clippy::approx_constant)] // The schema means the digits that it has.
{%- endif %}
    #[must_use]
    {{ accessor.signature }}
        {{ accessor.body }}
    }
{%- endfor %}
}
{%- endif %}

support::object! {
    {{ item.name }} {
{%- for field in object.fields %}
        {{ field.position }} {{ field.name }}: {{ field.wire }} {{ field.presence }},
{%- endfor %}
    }
{%- if !object.constants.is_empty() %} always {
{%- for field in object.constants %}
        {{ field.position }} {{ field.name }}: {{ field.wire }} = {{ field.text }},
{%- endfor %}
    }
{%- endif %} => {{ object.other }}
}
