{{ field.doc }}
{%- if field.is_deprecated %}
    #[deprecated]
{%- endif %}
    {{ field.declaration }}
